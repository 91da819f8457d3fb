import { matrixOf } from './matrix.ts';

await matrixOf('debian13');

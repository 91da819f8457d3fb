import { matrixOf } from './matrix.ts';

await matrixOf('debian12');

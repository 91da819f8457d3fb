import { matrixOf } from './matrix.ts';

matrixOf('debian13');

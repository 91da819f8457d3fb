import { matrixOf } from './matrix.ts';

matrixOf('debian12');

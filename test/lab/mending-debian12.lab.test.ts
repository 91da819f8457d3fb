import { mendingOn } from './mending.ts';

await mendingOn('debian12');

import { elements, parseXml } from './xml.ts';

/** The attributes that junit-10.xsd of jenkinsci/xunit-plugin allows. */
const allowed: Record<string, string[]> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
  testsuite: [
    'name',
    'tests',
    'failures',
    'errors',
    'group',
    'time',
    'skipped',
    'timestamp',
    'hostname',
    'id',
    'package',
    'file',
    'log',
    'url',
  ],
  properties: [],
  property: ['name', 'value'],
  testcase: ['name', 'time', 'classname', 'group'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['type', 'message'],
  'system-out': [],
};

/** What of a report the schema does not know, as `element@attribute`, each once. */
export async function unknownToJenkins(xml: string): Promise<string[]> {
  const found = new Set<string>();
  for (const [name, element] of elements(await parseXml(xml))) {
    if (!allowed[name]) found.add(name);
    const attributes = typeof element === 'object' ? Object.keys(element.$ ?? {}) : [];
    for (const each of attributes) if (!allowed[name]?.includes(each)) found.add(`${name}@${each}`);
  }
  return [...found].sort();
}

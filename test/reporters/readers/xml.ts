import { parseStringPromise } from 'xml2js';

/** An element as xml2js gives it: a bare string when it has neither attributes nor children. */
export type Element = string | { $?: Record<string, string>; _?: string; [child: string]: unknown };

/** Parses strictly: a document that is not well-formed throws. */
export async function parseXml(xml: string): Promise<Element> {
  return parseStringPromise(xml, { strict: true, explicitRoot: true });
}

export function children(element: Element | undefined, name: string): Element[] {
  return typeof element === 'object'
    ? (element[name] as Element[] | Element | undefined) === undefined
      ? []
      : [element[name] as Element].flat()
    : [];
}

export function attr(element: Element | undefined, name: string): string | undefined {
  return typeof element === 'object' ? element.$?.[name] : undefined;
}

export function text(element: Element | undefined): string {
  return typeof element === 'string' ? element : (element?._ ?? '');
}

/** Every element of the document, depth first, with its name. */
export function* elements(element: Element, name = ''): Generator<[string, Element]> {
  if (name) yield [name, element];
  if (typeof element !== 'object') return;
  for (const [child, inner] of Object.entries(element)) {
    if (child === '$' || child === '_') continue;
    for (const each of [inner].flat() as Element[]) yield* elements(each, child);
  }
}

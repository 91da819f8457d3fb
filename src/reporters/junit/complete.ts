import type { TestCase, TestSuite } from 'junit-report-builder';

type Xml = ReturnType<TestCase['build']>;

/**
 * What junit-report-builder has no words for (an attribute `line`, `hostname`, a reason for `skipped`), set on the XML
 * tree that it builds. Text goes in as text and not by its `standardOutput` and `stacktrace`: they write CDATA, of
 * which only the first `]]>` is made safe, so a host could end the element and write XML of its own.
 */
export function whenBuilt(node: TestCase | TestSuite, complete: (element: Xml) => void): void {
  const build = node.build.bind(node);
  node.build = (parent: Xml) => {
    const element = build(parent);
    complete(element);
    return element;
  };
}

export function attribute(node: TestCase | TestSuite, name: string, value: string | number): void {
  whenBuilt(node, (element) => void element.att(name, value));
}

/** Adds a child element with text; or, if the builder has made that child, its text. */
export function textOf(node: TestCase, name: string, text: string, attributes: Record<string, string> = {}): void {
  whenBuilt(node, (element) => {
    const made = element.children.find((child) => (child as Xml).name === name) as Xml | undefined;
    (made ?? element.ele(name)).att(attributes).txt(text);
  });
}

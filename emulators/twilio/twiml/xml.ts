import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { CallFailure } from '../call-failure.ts';

/** One XML element: its own text (trimmed) and its child elements, in order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
}

/** How fast-xml-parser shows a node with `preserveOrder`: the element's name is the one key that is not `:@`. */
type Node = Readonly<Record<string, unknown>>;

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Parses a document with exactly one root element. @throws CallFailure 12100 when it is not well-formed */
export function parseXml(xml: string): Element {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) {
    throw new CallFailure(
      12100,
      `TwiML is not well-formed: ${valid.err.msg} (line ${valid.err.line}) in ${excerpt(xml)}`,
    );
  }
  const [root, ...others] = elements(parser.parse(xml) as readonly Node[]);
  if (root === undefined || others.length > 0) {
    throw new CallFailure(12100, `TwiML must have one root element; received ${excerpt(xml)}`);
  }
  return root;
}

function elements(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
    if (name === undefined) return [];
    const content = node[name] as readonly Node[];
    const text = content
      .map((child) => child[TEXT] ?? '')
      .join('')
      .trim();
    const attributes = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
    return [{ name, attributes, text, children: elements(content) }];
  });
}

function excerpt(xml: string): string {
  return xml.length > 200 ? `${xml.slice(0, 200)}…` : `'${xml}'`;
}

/** An attribute of XML, its value decoded. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/** An element that we do not know, kept as it is: text is decoded, comments are not kept. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
}

/** An element as it was read, with its place in the text. */
export interface XmlNode extends XmlElement {
  /** Elements, and texts with sections of CDATA in them; comments and instructions are left out. */
  readonly children: readonly (XmlNode | string)[];
  /** Offset of its first character. */
  readonly start: number;
  /** Offset behind its start tag. */
  readonly startTagEnd: number;
  /** Offset behind its last character. */
  readonly end: number;
}

/** Whether a child is an element rather than a text. */
export function isElement<Element extends XmlElement>(child: Element | string): child is Element {
  return typeof child !== 'string';
}

/** The elements right in an element. */
export function elementsIn(node: XmlNode): readonly XmlNode[] {
  return node.children.filter(isElement);
}

/** The elements called `name` right in an element. */
export function elementsNamed(node: XmlNode, name: string): readonly XmlNode[] {
  return elementsIn(node).filter((child) => child.name === name);
}

/** The value of an attribute; undefined if there is none of this name. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  for (const attribute of attributes) if (attribute.name === name) return attribute.value;
  return undefined;
}

/** The attributes that are not in `known`, in the order of the document. */
export function unknownAttributes(
  { attributes }: XmlElement,
  known: ReadonlySet<string>,
): readonly XmlAttribute[] {
  return attributes.every(({ name }) => known.has(name))
    ? NO_ATTRIBUTES
    : attributes.filter(({ name }) => !known.has(name));
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** The text right in an element; what stands in elements inside of it is not its own. */
export function textIn({ children }: XmlElement): string {
  const [only] = children;
  if (children.length <= 1) return typeof only === 'string' ? only : '';
  return children.filter((child) => typeof child === 'string').join('');
}

/** An element that we do not know, whole and without its place. */
export function toElement({ name, attributes, children }: XmlNode): XmlElement {
  // White space between elements is the indentation of whoever wrote it; ours will take its place.
  const isIndentation =
    children.some(isElement) && children.every((child) => isElement(child) || child.trim() === '');
  const kept = isIndentation ? children.filter(isElement) : children;
  return {
    name,
    attributes,
    children: kept.map((child) => (isElement(child) ? toElement(child) : child)),
  };
}

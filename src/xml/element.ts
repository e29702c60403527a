/** An XML attribute with its decoded value. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

/** An XML element with decoded text and without comments. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
}

/** A parsed element with its place in the text. */
export interface XmlNode extends XmlElement {
  /** Elements and texts, including CDATA. Comments and instructions are omitted. */
  readonly children: readonly (XmlNode | string)[];
  /** Offset of its first character. */
  readonly start: number;
  /** Offset after its start tag. */
  readonly startTagEnd: number;
  /** Offset after its last character. */
  readonly end: number;
}

/** Whether a child is an element rather than a text. */
export function isElement<Element extends XmlElement>(child: Element | string): child is Element {
  return typeof child !== 'string';
}

/** Returns the direct child elements. */
export function elementsIn(node: XmlNode): readonly XmlNode[] {
  return node.children.filter(isElement);
}

/** Returns the direct child elements with this name. */
export function elementsNamed(node: XmlNode, name: string): readonly XmlNode[] {
  return elementsIn(node).filter((child) => child.name === name);
}

/** Returns the value of an attribute, or `undefined` if the element does not have it. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  for (const attribute of attributes) if (attribute.name === name) return attribute.value;
  return undefined;
}

/** Returns the attributes that are not in `known`, in the order of the document. */
export function unknownAttributes(
  { attributes }: XmlElement,
  known: ReadonlySet<string>,
): readonly XmlAttribute[] {
  return attributes.every(({ name }) => known.has(name))
    ? NO_ATTRIBUTES
    : attributes.filter(({ name }) => !known.has(name));
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** Returns the direct text of an element, without the text of its child elements. */
export function textIn({ children }: XmlElement): string {
  const [only] = children;
  if (children.length <= 1) return typeof only === 'string' ? only : '';
  return children.filter((child) => typeof child === 'string').join('');
}

/** Converts an unknown element to one without places, with all of its content. */
export function toElement({ name, attributes, children }: XmlNode): XmlElement {
  // White space between elements is the indentation of another tool. Ours replaces it.
  const isIndentation =
    children.some(isElement) && children.every((child) => isElement(child) || child.trim() === '');
  const kept = isIndentation ? children.filter(isElement) : children;
  return {
    name,
    attributes,
    children: kept.map((child) => (isElement(child) ? toElement(child) : child)),
  };
}

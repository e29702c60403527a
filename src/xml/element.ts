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

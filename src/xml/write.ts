import { isElement, type XmlAttribute, type XmlElement } from './element.js';

const INDENT = '    ';

/**
 * Renders an element as the official updater does (spec, section 5): without content, with a text, or with elements on
 * lines of their own. Mixed content stays as it is.
 */
export function renderElement({ name, attributes, children }: XmlElement, indent: string): string {
  const start = `${name}${renderAttributes(attributes)}`;
  if (children.length === 0) return `${indent}<${start}/>\n`;
  const elements = children.filter(isElement);
  if (elements.length < children.length)
    return `${indent}<${start}>${children.map(renderInline).join('')}</${name}>\n`;
  const body = elements.map((child) => renderElement(child, indent + INDENT));
  return `${indent}<${start}>\n${body.join('')}${indent}</${name}>\n`;
}

function renderInline(child: XmlElement | string): string {
  if (!isElement(child)) return encodeText(child);
  const start = `${child.name}${renderAttributes(child.attributes)}`;
  if (child.children.length === 0) return `<${start}/>`;
  return `<${start}>${child.children.map(renderInline).join('')}</${child.name}>`;
}

/** Renders an element on lines of its own around a body of lines, or as one tag if the body is empty. */
export function renderLines(indent: string, name: string, attributes: string, body: string): string {
  return body === ''
    ? `${indent}<${name}${attributes}/>\n`
    : `${indent}<${name}${attributes}>\n${body}${indent}</${name}>\n`;
}

/** Renders the attributes of a tag, each with a space before it. */
export function renderAttributes(attributes: readonly XmlAttribute[]): string {
  if (attributes.length === 0) return '';
  return attributes.map(({ name, value }) => ` ${name}="${encodeAttribute(value)}"`).join('');
}

/** Encodes a text for the content of an element, as the official updater does (spec, section 5). */
export function encodeText(text: string): string {
  return /[&<>\r\ud800-\udbff]/.test(text) ? escape(text, /[&<>\r]|[\ud800-\udbff][\udc00-\udfff]/g) : text;
}

/** Encodes a text for the value of an attribute, as the official updater does (spec, section 5). */
export function encodeAttribute(value: string): string {
  return /[&<>"\t\n\r\ud800-\udbff]/.test(value)
    ? escape(value, /[&<>"\t\n\r]|[\ud800-\udbff][\udc00-\udfff]/g)
    : value;
}

function escape(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '"':
        return '&quot;';
      default:
        // A match is never empty.
        return `&#${character.codePointAt(0) as number};`;
    }
  });
}

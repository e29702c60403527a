import { LETTER, NAME_CHAR } from 'xmlchars/xml/1.0/ed4.js';

/**
 * Names according to the fourth edition of XML 1.0 and Namespaces in XML 1.0. The fifth edition allows more names, but
 * the parser of the JDK, which clients use, refuses them.
 */
const NC_NAME_CHAR = NAME_CHAR.replace(':', '');
const NC_NAME = `[${LETTER}_][${NC_NAME_CHAR}]*`;

/** A name without a colon, as the source of a regular expression. */
export const NC_NAME_SOURCE = NC_NAME;
/** The name of an element or an attribute, perhaps with a prefix, as the source of a regular expression. */
export const QNAME_SOURCE = `${NC_NAME}(?::${NC_NAME})?`;
/** A word of name characters, as the source of a regular expression. */
export const NMTOKEN_SOURCE = `[${NAME_CHAR}]+`;
/** Maximum length of a name in the parser of the JDK, in characters (`jdk.xml.maxXMLNameLimit`). */
export const MAX_NAME_LENGTH = 1000;

const ASCII_QNAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
const QNAME = new RegExp(`^${QNAME_SOURCE}$`);
const NCNAME = new RegExp(`^${NC_NAME_SOURCE}$`);

/** Whether the JDK accepts a name of an element or an attribute. */
export function isQName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && (ASCII_QNAME.test(name) || QNAME.test(name));
}

/** Whether the JDK accepts a name of an instruction or an entity. */
export function isNcName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && NCNAME.test(name);
}

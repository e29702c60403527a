/** Encodes a text in Latin-1. */
const latin1 = (text: string) => Buffer.from(text, 'latin1');

const range = (since: string, until?: string) =>
  `<idea-version since-build="${since}"${until === undefined ? '' : ` until-build="${until}"`}/>`;
const plugin = (id: string, version: string, inner = '', url = `https://lab.org/${id}-${version}.zip`) =>
  `  <plugin id="${id}" url="${url}" version="${version}">${inner}</plugin>\n`;

/**
 * Indexes in the shapes of real repositories on the web, with texts of this project. IDEs read each of them, except
 * those with a document type.
 */
export const REAL_INDEXES: Readonly<Record<string, string | Buffer>> = {
  'one plugin, without a declaration': `<plugins>\n${plugin('a', '1.0')}</plugins>`,
  'a declaration with standalone': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<plugins>${plugin('a', '1.0', range('232.10203.10'))}</plugins>`,
  'single quotes and tags on several lines': `<plugins>\n<plugin\n  id='a'\n  version='1.0.0-SNAPSHOT'\n  url='https://lab.org/a.zip?raw=true'\n/>\n</plugins>`,
  'several versions with ranges of their own': `<plugins>${plugin('a', '1.0', range('231', '241.*'))}${plugin('a', '1.1', range('242', '242.*'))}${plugin('a', '2.0', range('243.0', '251.9999'))}${plugin('a', '2.1', range('243.100'))}</plugins>`,
  'the same version twice': `<plugins>${plugin('a', '1.0', range('231', '242.*'))}${plugin('a', '1.0', range('243'), 'b.zip')}</plugins>`,
  'versions that are the same for IDEs': `<plugins>${plugin('a', '1.0.0')}${plugin('a', '1.0')}${plugin('a', '1')}</plugins>`,
  'an older version behind a newer one': `<plugins>${plugin('a', '2.0')}${plugin('b', '1')}${plugin('a', '1.0')}</plugins>`,
  'versions of builds, nightly and snapshot': `<plugins>${plugin('a', '1.0-snap')}${plugin('a', '1.0-dev.20260102')}${plugin('b', '1.0.bundled')}${plugin('b', '2.0')}</plugins>`,
  'empty bounds': `<plugins>${plugin('a', '1.0', range('', ''))}${plugin('b', '1.0', range('241', ''))}</plugins>`,
  'bounds that are not numbers': `<plugins>${plugin('a', '9.0', range('242', '25x'))}${plugin('a', '3.1', range('242'))}${plugin('b', '1', range('@since@'))}</plugins>`,
  'bounds of the time before branches': `<plugins>${plugin('a', '1.0', range('8000', '99999'))}${plugin('a', '0.9', range('107.105'))}</plugins>`,
  'bounds of builds of five digits': `<plugins>${plugin('a', '2.0', range('242', '242.20224'))}${plugin('a', '1.0', range('242', '242.*'))}${plugin('b', '1', range('242.20224.300', '242.10000'))}</plugins>`,
  'addresses relative to the index': `<plugins>${plugin('a', '1.0', '', 'builds/a.zip')}${plugin('b', '1.0', '', '/b.jar')}${plugin('c', '1.0', '', '../c.zip')}</plugins>`,
  'texts in CDATA, escaped and with tags': `<plugins>${plugin('a', '1', '<description><![CDATA[<b>x</b> ]]]]><![CDATA[>]]></description><change-notes>&lt;ul&gt;</change-notes>')}${plugin('b', '1', '<name>b <b>c</b> d</name><description>a<br/>b</description>')}</plugins>`,
  'earlier versions in comments': `<plugins>\n  <!-- ${plugin('a', '0.1').trim()} -->\n${plugin('a', '0.2')}  <!-- the end -->\n</plugins>\n<!-- really -->`,
  'placeholders and entries without an address': `<plugins>${plugin('a', '1')}<plugin/><plugin id="b" version="1"><name>b</name></plugin></plugins>`,
  'no id, no version': `<plugins><plugin url="a.zip"/><plugin id="b" url="b.zip"/></plugins>`,
  'an empty address': `<plugins><plugin id="a" version="2" url=""/>${plugin('a', '1')}</plugins>`,
  'elements in place of attributes': `<plugins>\n  <plugin id="x" version="0" url="x.zip"><id>a</id><version>1.5</version><download-url>a.zip</download-url></plugin>\n${plugin('a', '1.4')}</plugins>`,
  'entries as the Marketplace wrote them': `<plugin-repository>\n  <ff>"Misc"</ff>\n  <category name="Misc">\n    <idea-plugin downloads="5" size="10" date="1" url="https://lab.org">\n      <name>A</name><id>a</id><description>d</description><version>1.2</version>\n      <vendor email="" url="">Lab</vendor>${range('231', '253.*')}\n      <depends>com.intellij.modules.platform</depends><rating>4</rating><tags>t</tags>\n      <downloadUrl>a.zip</downloadUrl>\n    </idea-plugin>\n  </category>\n</plugin-repository>`,
  'categories in categories, and plugins beside': `<plugins><category name="x"><category>${plugin('a', '1')}</category>${plugin('b', '1')}</category>${plugin('b', '2', range('243'))}</plugins>`,
  'variants for systems': `<plugins>${['linux-x86_64', 'linux-aarch64', 'windows-amd64', 'mac-arm64', 'beta-2'].map((system) => plugin('a', `1.0-${system}`)).join('')}${plugin('a', '1.1', '<depends>com.intellij.modules.os.unix</depends><depends>com.intellij.modules.arch.x86_64</depends>')}${plugin('a', '0.9', '<depends>x</depends>')}</plugins>`,
  'namespaces, instructions and unknown elements': `<?xml-stylesheet href="a.css"?>\n<plugins xmlns="urn:a" xmlns:x="urn:x" x:by="me" note='a > b'>\n  <?note x?>\n  <x:extra><y/></x:extra>\n${plugin('a', '1', '<x:logo href="a"/>')}</plugins>`,
  'a byte order mark and CRLF': Buffer.from(
    `\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<plugins>\r\n${plugin('a', '1', '<name>Größe</name>\r\n')}</plugins>\r\n`,
  ),
  'UTF-16': Buffer.from(
    `\ufeff<?xml version="1.0" encoding="UTF-16"?><plugins>${plugin('größe', '1')}</plugins>`,
    'utf16le',
  ),
  'Latin-1': latin1(
    `<?xml version="1.0" encoding="ISO-8859-1"?><plugins>${plugin('größe', '1', '<name>Größe</name>')}</plugins>`,
  ),
  'windows-1252': latin1(
    `<?xml version="1.0" encoding="windows-1252"?><plugins>${plugin('a', '1', '<name>\x93Größe\x94</name>')}</plugins>`,
  ),
  'a document type': `<?xml version="1.0"?>\n<!DOCTYPE plugins SYSTEM "plugins.dtd">\n<plugins>${plugin('a', '1')}</plugins>`,
  'a document type with declarations': `<!-- first -->\n<!DOCTYPE plugins [\n  <!ELEMENT plugins (plugin*)>\n  <!ENTITY unused "x">\n]>\n<!-- second -->\n<plugins>${plugin('a', '1')}</plugins>`,
  'an empty root': '<plugins/>',
};

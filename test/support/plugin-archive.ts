import { makeZip, type ZipEntry } from './zip.js';

export interface PluginXml {
  id?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  vendor?: string | undefined;
  /** The attributes of `idea-version`; `undefined` to omit the element. */
  ideaVersion?: string | undefined;
  description?: string | undefined;
  /** The id of a required plugin or module; `undefined` for none. */
  depends?: string | undefined;
  /** The attributes of the root element. */
  root?: string;
  /** Further elements. */
  more?: string;
}

const DEFAULTS: PluginXml = {
  id: 'org.lab.cells',
  name: 'Cell Tools',
  version: '1.0.0',
  vendor: '<vendor email="lab@lab.org" url="https://lab.org">The Lab</vendor>',
  ideaVersion: 'since-build="242" until-build="251.*"',
  description: '<![CDATA[<p>Counts the cells of an image, and draws a circle around each.</p>]]>',
  depends: 'com.intellij.modules.platform',
};

/** Returns a descriptor that is valid except for the given parts. */
export function pluginXml(given: PluginXml = {}): string {
  const {
    id,
    name,
    version,
    vendor,
    ideaVersion,
    description,
    depends,
    root,
    more = '',
  } = {
    root: 'xmlns:xi="http://www.w3.org/2001/XInclude"',
    ...DEFAULTS,
    ...given,
  };
  const element = (tag: string, text: string | undefined) =>
    text === undefined ? '' : `  <${tag}>${text}</${tag}>\n`;
  return `<idea-plugin ${root}>
${element('id', id)}${element('name', name)}${element('version', version)}${vendor ?? ''}
${ideaVersion === undefined ? '' : `<idea-version ${ideaVersion}/>`}
${element('description', description)}${element('depends', depends)}${more}</idea-plugin>
`;
}

export function pluginJar(xml: string, more: readonly ZipEntry[] = []): Buffer {
  return makeZip([{ name: 'META-INF/plugin.xml', content: xml }, ...more]);
}

/** Makes a zip like Gradle's `buildPlugin`. */
export function pluginZip(given: PluginXml = {}, more: readonly ZipEntry[] = []): Buffer {
  return makeZip([
    { name: 'cells/', content: '', stored: true },
    { name: 'cells/lib/', content: '', stored: true },
    { name: 'cells/lib/cells.jar', content: pluginJar(pluginXml(given)) },
    { name: 'cells/lib/dependency.jar', content: makeZip([{ name: 'a.txt', content: 'a' }]) },
    ...more,
  ]);
}

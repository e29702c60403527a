import { makeZip, type ZipEntry } from './zip.js';

export interface PluginXml {
  id?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  vendor?: string | undefined;
  /** The attributes of `idea-version`; undefined for no such element. */
  ideaVersion?: string | undefined;
  description?: string | undefined;
  /** The id of a plugin or module that it needs; undefined for none. */
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

/** A descriptor that nothing is wrong with, but for what is asked for. */
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

/** A zip as Gradle's `buildPlugin` makes it. */
export function pluginZip(given: PluginXml = {}, more: readonly ZipEntry[] = []): Buffer {
  return makeZip([
    { name: 'cells/', content: '', stored: true },
    { name: 'cells/lib/', content: '', stored: true },
    { name: 'cells/lib/cells.jar', content: pluginJar(pluginXml(given)) },
    { name: 'cells/lib/dependency.jar', content: makeZip([{ name: 'a.txt', content: 'a' }]) },
    ...more,
  ]);
}

import AdmZip from 'adm-zip';
import type { SampleFile } from './ports.js';

/** The archives of the first publication. */
export function firstPluginBuild(): readonly SampleFile[] {
  return [
    plugin(
      'Cell Counter',
      'cell-counter',
      '1.0.0',
      'since-build="242" until-build="253.*"',
      'The first version.',
    ),
    plugin('Log Colours', 'log-colours', '0.9.0', 'since-build="251"', 'The first version.'),
  ];
}

/** The archive a week later: a version for later IDEs. */
export function secondPluginBuild(): readonly SampleFile[] {
  return [plugin('Cell Counter', 'cell-counter', '1.1.0', 'since-build="252"', 'Also counts in stacks.')];
}

/** Creates an archive like Gradle's `buildPlugin`: one folder with the jars in `lib`. */
function plugin(
  name: string,
  folder: string,
  version: string,
  ideaVersion: string,
  notes: string,
): SampleFile {
  const jar = new AdmZip();
  const descriptor = `<idea-plugin>
  <id>org.lab.demo.${folder}</id>
  <name>${name}</name>
  <version>${version}</version>
  <vendor email="demo@lab.invalid" url="https://lab.invalid">Demo Lab</vendor>
  <idea-version ${ideaVersion}/>
  <description><![CDATA[<p>A sample plugin of the demonstration. It does nothing and can be uninstalled.</p>]]></description>
  <change-notes><![CDATA[<p>${notes}</p>]]></change-notes>
  <depends>com.intellij.modules.platform</depends>
</idea-plugin>
`;
  jar.addFile('META-INF/plugin.xml', Buffer.from(descriptor, 'utf8'));
  const zip = new AdmZip();
  zip.addFile(`${folder}/lib/${folder}.jar`, jar.toBuffer());
  return { path: `${folder}-${version}.zip`, bytes: zip.toBuffer() };
}

import AdmZip from 'adm-zip';
import type { SampleFile } from './ports.js';

/** The files of the first publication. */
export function firstBuild(): readonly SampleFile[] {
  return [
    {
      path: 'plugins/Demo_Plugin-1.0.0.jar',
      bytes: pluginJar('1.0.0', 'Says hello.', 'IJ.showMessage("Hello");'),
    },
    { path: 'jars/demo-library-1.0.0.jar', bytes: libraryJar() },
    {
      path: 'macros/Demo_Hello.ijm',
      bytes: Buffer.from('print("Hello from an update site on GitHub Pages");\n'),
    },
    { path: 'macros/Demo_Old.ijm', bytes: Buffer.from('print("I will be gone in the next version");\n') },
  ];
}

/** The files a week later: a new version of the plugin, the library with a new name, and one macro removed. */
export function secondBuild(): readonly SampleFile[] {
  return [
    {
      path: 'plugins/Demo_Plugin-1.1.0.jar',
      bytes: pluginJar('1.1.0', 'Says hello, and hello again.', 'IJ.showMessage("Hello again");'),
    },
    { path: 'jars/demo-library-1.0.1.jar', bytes: libraryJar() },
    {
      path: 'macros/Demo_Hello.ijm',
      bytes: Buffer.from('print("Hello from an update site on GitHub Pages");\n'),
    },
  ];
}

function pluginJar(version: string, description: string, macro: string): Buffer {
  const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>Demo_Plugin</artifactId>
  <version>${version}</version>
  <description>${description}</description>
  <developers><developer><name>Ada Lovelace</name></developer></developers>
</project>
`;
  return jar({
    'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n',
    'META-INF/maven/org.example/Demo_Plugin/pom.xml': pom,
    'META-INF/maven/org.example/Demo_Plugin/pom.properties': `#${version}\nversion=${version}\n`,
    'plugins.config': 'Plugins>Demo, "Say Hello", ij.plugin.Macro_Runner("Demo_Hello.ijm")\n',
    'macros/Demo_Hello.ijm': macro,
  });
}

function libraryJar(): Buffer {
  return jar({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n', 'org/example/message.txt': 'Hello' });
}

function jar(entries: Readonly<Record<string, string>>): Buffer {
  const zip = new AdmZip();
  for (const [name, content] of Object.entries(entries)) zip.addFile(name, Buffer.from(content, 'utf8'));
  return zip.toBuffer();
}

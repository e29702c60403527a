// Read, publish one more version, write a JetBrains repository of 500 plugins with 5 versions each.
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { medians } from './timing.mjs';

const PLUGINS = 500;
const BRANCHES = [241, 242, 243, 251, 252];
const ROUNDS = 9;

export async function measure({ root, quick }) {
  const { format } = await import(path.join(root, 'build/js/formats/jetbrains/format.js'));
  const plugins = quick ? 10 : PLUGINS;
  const files = makeRepository(format, plugins);
  const text = Buffer.from(files.get('updatePlugins.xml')).toString('utf8');
  const entries = text.split('<plugin ').length - 1;
  if (entries !== plugins * BRANCHES.length)
    throw new Error(`expected all versions in the index, not ${entries}`);
  const times = await medians(
    {
      baseline: () => new XMLParser({ ignoreAttributes: false }).parse(text),
      ours: () => {
        const index = format.parseIndex(files);
        const plan = format.plan(requestFor(index, [artifactFor(7, '2.0', 253)]));
        if (plan.changes.length !== 1) throw new Error('expected one change');
        const after = format.apply(index, plan);
        format.explain(plan.changes, index, after);
        format.compareOffers(index, after);
        format.renderIndex(after);
      },
    },
    quick ? 1 : ROUNDS,
  );
  return [
    {
      what: 'JetBrains repository, read, change, write',
      value: times.ours / times.baseline,
      limit: 2.5,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms, parsing ${(text.length / 1e6).toFixed(1)} MB of XML: ${times.baseline.toFixed(0)} ms`,
    },
  ];
}

function makeRepository(format, plugins) {
  const artifacts = Array.from({ length: plugins }, (_, plugin) =>
    BRANCHES.map((branch, at) => artifactFor(plugin, `1.${at}`, branch)),
  ).flat();
  const index = format.parseIndex(new Map());
  const plan = format.plan(requestFor(index, artifacts));
  return new Map(format.renderIndex(format.apply(index, plan)).map(({ path: file, bytes }) => [file, bytes]));
}

function requestFor(index, artifacts) {
  const request = { index, artifacts, remove: [], missing: new Set(), now: 20261120093212 };
  return { ...request, siteUrl: 'https://lab.github.io/tools/', options: {} };
}

function artifactFor(plugin, version, branch) {
  return {
    artifact: {
      file: `p-${plugin}-${version}.zip`,
      destination: undefined,
      size: 1,
      modified: 0,
      executable: false,
    },
    inspection: {
      checksum: `${plugin} ${version}`,
      size: 1,
      problems: [],
      signature: { state: 'unsigned' },
      descriptor: {
        id: `org.lab.p${plugin}`,
        name: `Tool ${plugin}`,
        version,
        vendor: { name: 'The Lab', email: 'lab@lab.org', url: 'https://lab.org' },
        since: `${branch}`,
        until: `${branch}.*`,
        strictUntil: undefined,
        description: `<p>${'What the tool does, in some detail and with markup. '.repeat(4)}</p>`,
        changeNotes: `<ul><li>${'What is new in this version. '.repeat(4)}</li></ul>`,
        depends: ['com.intellij.modules.platform'],
        productCode: undefined,
        isIdeaOnly: false,
      },
    },
  };
}

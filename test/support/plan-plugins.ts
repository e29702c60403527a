import type { ChannelMoment, Followed } from '../../src/formats/channels.js';
import { followSite } from '../../src/formats/jetbrains/channel.js';
import type { PluginDescriptor } from '../../src/formats/jetbrains/descriptor/descriptor.js';
import { loadRepository } from '../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY, type Repository } from '../../src/formats/jetbrains/index/repository.js';
import type { JetBrainsOptions } from '../../src/formats/jetbrains/options.js';
import { applyToRepository } from '../../src/formats/jetbrains/plan/apply.js';
import type { JetBrainsPlan } from '../../src/formats/jetbrains/plan/change.js';
import { planRepository, type JetBrainsPlanRequest } from '../../src/formats/jetbrains/plan/plan.js';
import type { Signature } from '../../src/formats/jetbrains/signature/signature.js';

/** The properties of a plugin in a test. */
export interface Given extends Partial<PluginDescriptor> {
  bytes?: string;
  file?: string;
  signature?: Signature;
}

/** Creates an inspected archive that is valid except for the given properties. */
export function artifact({
  bytes = 'a',
  file,
  signature,
  ...given
}: Given): JetBrainsPlanRequest['artifacts'][number] {
  const descriptor: PluginDescriptor = {
    id: 'org.lab.cells',
    name: 'Cells',
    version: '1.0',
    vendor: { name: 'Lab', email: '', url: '' },
    since: '242',
    until: '263.*',
    strictUntil: undefined,
    description: 'Counts the cells of an image, and more than that.',
    changeNotes: undefined,
    depends: [],
    isIdeaOnly: false,
    productCode: undefined,
    ...given,
  };
  return {
    artifact: {
      file: file ?? `build/${descriptor.id ?? ''}-${descriptor.version ?? ''}.zip`,
      destination: undefined,
      size: 5,
      modified: 0,
      executable: false,
    },
    inspection: {
      checksum: `${descriptor.id ?? ''} ${descriptor.version ?? ''} ${bytes}`,
      size: 5,
      descriptor,
      signature: signature ?? { state: 'unsigned' },
      problems: [],
    },
  };
}

/** The systems of the Gradle task buildPluginVariants. */
export const VARIANT_NAMES = [
  'linux-aarch64',
  'linux-x86_64',
  'mac-aarch64',
  'mac-x86_64',
  'windows-arm64',
  'windows-x86_64',
];

/** Creates a variant for one system, like that task. */
export function variant(name: string, given: Given = {}): ReturnType<typeof artifact> {
  const [os = '', arch = ''] = name.split('-');
  const module = arch === 'aarch64' ? 'arm64' : arch;
  return artifact({
    since: '261',
    ...given,
    version: `${given.version ?? '1.0.0'}-${name}`,
    depends: [`com.intellij.modules.os.${os}`, `com.intellij.modules.arch.${module}`],
  });
}

/** The input of a plan and the options of the format, with defaults for everything else. */
export interface PluginPlanInput
  extends Partial<Omit<JetBrainsPlanRequest, 'options'>>, Partial<JetBrainsOptions> {}

const NOW = 20261120093212;

export const BASE = { index: EMPTY_REPOSITORY, now: NOW, siteUrl: 'https://lab.org/' };

export function planPlugins({ archiveUrl, keep, newestBranch, ...given }: PluginPlanInput): JetBrainsPlan {
  const { now = NOW } = given;
  return planRepository({
    ...BASE,
    artifacts: [],
    upstream: [],
    defaultFiles: false,
    siteName: 'this site',
    remove: [],
    completeSite: undefined,
    missing: new Set(),
    isGiven: false,
    clock: now,
    lastSeen: undefined,
    ...given,
    options: { archiveUrl, keep, newestBranch },
  });
}

/** Publishes, and reads the site again like the next publication. */
export function publish(index: Repository, request: PluginPlanInput) {
  const plan = planPlugins({ ...request, index });
  const applied = applyToRepository(index, plan);
  const files = new Map<string, Uint8Array>(
    renderRepository(applied).map(({ path, bytes }) => [path, bytes]),
  );
  return { plan, applied, files, index: plan.changes.length === 0 ? index : loadRepository(files) };
}

/** Updates a channel with the offers of its site. */
export function follow(
  channel: Repository,
  site: Repository,
  moment: ChannelMoment & Pick<JetBrainsOptions, 'newestBranch'>,
): Followed<Repository> {
  return followSite(channel, site, moment, moment);
}

/** Returns the problems of a publication, as `severity code`. */
export const codesIn = (request: PluginPlanInput) =>
  planPlugins(request).problems.map(({ severity, code }) => `${severity} ${code}`);

/** Returns a file of a site as text; empty if it does not exist. */
export function textOf(files: ReadonlyMap<string, Uint8Array>, path = 'updatePlugins.xml'): string {
  return Buffer.from(files.get(path) ?? []).toString();
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

type Permissions = string | Readonly<Record<string, string>>;

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: Permissions; readonly steps: readonly Step[] }>
  >;
}

const OURS = '.github/workflows';
const EXAMPLES = 'examples';

const files = [OURS, EXAMPLES]
  .flatMap((folder) => readdirSync(folder).map((name) => path.posix.join(folder, name)))
  // The configuration of a site, which lies beside the workflows that use it.
  .filter((file) => file !== 'examples/update-site.yml');

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('states what its token may do', () => {
    expect(workflow.permissions).toBeDefined();
  });

  it('keeps no login in a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  it('restores no cache if a job may write to the repository', () => {
    const mayWrite = [workflow.permissions, ...jobs.map(({ permissions }) => permissions)].some(
      (permissions) =>
        permissions === 'write-all' ||
        (typeof permissions === 'object' && permissions['contents'] === 'write'),
    );
    expect(mayWrite ? steps.filter(restoresCache) : []).toEqual([]);
  });

  if (file.startsWith(OURS))
    it('pins each action to a commit, with its version beside it', () => {
      const uses = [...text.matchAll(/\buses: (?!\.\/)(.*)$/gm)].map(([, action]) => action);
      for (const action of uses) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });
});

/** Whether a step fills a folder from a cache that another run has written, by its inputs. */
const CACHES: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => boolean>> = {
  'actions/cache': () => true,
  'actions/cache/restore': () => true,
  'actions/setup-java': (inputs) => inputs['cache'] !== undefined,
  'actions/setup-node': (inputs) => inputs['package-manager-cache'] !== false,
  'gradle/actions/setup-gradle': (inputs) => inputs['cache-disabled'] !== true,
};

function restoresCache({ uses = '', with: inputs = {} }: Step): boolean {
  return CACHES[uses.replace(/@.*$/, '')]?.(inputs) ?? false;
}

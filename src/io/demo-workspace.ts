import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DemoWorkspace } from '../app/ports.js';
import { createGit } from './git.js';

/** Makes a temporary folder with an empty bare repository in it. */
export async function createDemoWorkspace(env: NodeJS.ProcessEnv): Promise<DemoWorkspace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'update-site-demo-'));
  const repository = path.join(folder, 'repository.git');
  const git = createGit({ env, gitDir: repository, config: [], signal: undefined });
  await git(['init', '--quiet', '--bare', '--template=', repository]);
  return {
    repository,
    async writeBuild(name, files) {
      const build = path.join(folder, name);
      for (const file of files) {
        await mkdir(path.join(build, path.dirname(file.path)), { recursive: true });
        await writeFile(path.join(build, file.path), file.bytes);
      }
      return build;
    },
    async checkOut(branch) {
      const site = path.join(folder, 'site');
      await mkdir(site);
      await git(['--work-tree', site, 'checkout', '--force', branch, '--', '.']);
      return site;
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

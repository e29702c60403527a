import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeTempFolder } from '../io/machine-fault.js';
import { explainGitFailure } from '../stores/git/errors.js';
import { createGit } from '../stores/git/git.js';
import type { DemoWorkspace } from './ports.js';

/** Creates a temporary folder with an empty bare repository. */
export async function createDemoWorkspace(env: NodeJS.ProcessEnv): Promise<DemoWorkspace> {
  const folder = await makeTempFolder(undefined, 'update-site-demo-');
  const repository = path.join(folder, 'repository.git');
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const git = createGit({ env, gitDir: repository, config: [], hasLogin: false, signal: undefined });
  await git(['init', '--quiet', '--bare', '--template=', repository]).catch(async (error: unknown) => {
    await remove();
    const doing = `create a repository in ${folder}`;
    throw explainGitFailure(error, { doing, phase: 'preparing', hasToken: false });
  });
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
    remove,
  };
}

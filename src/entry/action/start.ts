import type { ActionName } from './action.js';

/** The code of all actions is a program of its own, so that dist/ contains it once. */
interface ActionModule {
  readonly runAction: (name: ActionName) => Promise<void>;
}

/** Loads the code of the actions, and runs one of them. */
export async function startAction(name: ActionName): Promise<void> {
  // Built at run time so that the bundler ignores it: in dist/, the file is beside the program.
  const script = import.meta.url.replace(/[^/]*$/, 'action.js');
  const { runAction } = (await import(/* webpackIgnore: true */ script)) as ActionModule;
  await runAction(name);
}

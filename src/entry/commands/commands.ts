import { someCommand, type SomeCommand } from './command.js';
import type { CommandName } from './descriptions.js';

/**
 * What each command does. A command is loaded when it is called: `checksum` needs no network, and only `demo` writes archives.
 * The comments are for the bundler, which keeps all of them in one file.
 */
export const RUNNERS: Readonly<Record<CommandName, () => Promise<SomeCommand>>> = {
  publish: async () => someCommand((await import(/* webpackMode: "eager" */ './publish.js')).publish),
  preview: async () => someCommand((await import(/* webpackMode: "eager" */ './publish.js')).preview),
  diff: async () => someCommand((await import(/* webpackMode: "eager" */ './diff.js')).diff),
  checksum: async () => someCommand((await import(/* webpackMode: "eager" */ './checksum.js')).checksum),
  demo: async () => someCommand((await import(/* webpackMode: "eager" */ './demo.js')).demo),
};

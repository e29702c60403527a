import { someCommand, type SomeCommand } from './command.js';
import type { CommandName } from './descriptions.js';

/**
 * Runs each command. A command is loaded when it is called: `checksum` does not need the network, and only `demo` and
 * `export` write archives. The comments make the bundler keep all commands in one file.
 */
export const RUNNERS: Readonly<Record<CommandName, () => Promise<SomeCommand>>> = {
  publish: async () => someCommand((await import(/* webpackMode: "eager" */ './publish.js')).publish),
  preview: async () => someCommand((await import(/* webpackMode: "eager" */ './publish.js')).preview),
  verify: async () => someCommand((await import(/* webpackMode: "eager" */ './verify.js')).verify),
  import: async () => someCommand((await import(/* webpackMode: "eager" */ './import.js')).importCommand),
  history: async () => someCommand((await import(/* webpackMode: "eager" */ './history.js')).history),
  rollback: async () => someCommand((await import(/* webpackMode: "eager" */ './rollback.js')).rollback),
  list: async () => someCommand((await import(/* webpackMode: "eager" */ './list.js')).list),
  export: async () => someCommand((await import(/* webpackMode: "eager" */ './export.js')).exportCommand),
  diff: async () => someCommand((await import(/* webpackMode: "eager" */ './diff.js')).diff),
  checksum: async () => someCommand((await import(/* webpackMode: "eager" */ './checksum.js')).checksum),
  demo: async () => someCommand((await import(/* webpackMode: "eager" */ './demo.js')).demo),
};

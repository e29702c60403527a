import { checksum } from './checksum.js';
import { someCommand, type SomeCommand } from './command.js';
import { demo } from './demo.js';
import type { CommandName } from './descriptions.js';
import { diff } from './diff.js';
import { preview, publish } from './publish.js';

/** What each command does. */
export const RUNNERS: Readonly<Record<CommandName, SomeCommand>> = {
  publish: someCommand(publish),
  preview: someCommand(preview),
  diff: someCommand(diff),
  checksum: someCommand(checksum),
  demo: someCommand(demo),
};

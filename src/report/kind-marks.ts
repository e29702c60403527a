import type { ChangeKind } from '../model/change.js';

/** The symbols of changes in Markdown. The line of facts explains them. */
export const KIND_MARKS: Readonly<Record<ChangeKind | 'same', string>> = {
  add: '🆕',
  update: '⬆️',
  rename: '✏️',
  metadata: '📝',
  remove: '🗑️',
  revive: '♻️',
  same: '🟰',
};

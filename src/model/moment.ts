/** A moment of the past: a timestamp or commit as the history shows it, or the state before the last publication. */
export type Moment = { readonly to: string } | 'last';

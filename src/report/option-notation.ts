/** Where a report is read: as the result of a workflow step, or of a command. */
export type FrontEnd = 'action' | 'command-line';

/** An option in both notations: `"branch: pages" (--branch pages)`. */
const BOTH = /"([a-z][a-z-]*(?:: [^"]*)?)" \((--[a-z][a-z-]*(?: [^()]*)?)\)/g;

/**
 * Returns a message in the notation of one front end. Messages name an option as the input of the action and as the
 * option of the command line: `"branch" (--branch)`. People need one of them.
 */
export function inNotationOf(frontEnd: FrontEnd, message: string): string {
  return message.replace(BOTH, (_, input: string, option: string) =>
    frontEnd === 'action' ? `"${input}"` : `"${option}"`,
  );
}

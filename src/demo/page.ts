import type { Outcome } from '../model/outcome.js';
import { describeTimestamp } from '../model/timestamp.js';
import { columnOf } from '../report/site-words.js';
import { headlineOf, namesOf, versionsOf } from '../report/words.js';
import type { Story } from './stories.js';

/** Renders the page that the demonstration shows in a browser. */
export function demoPage(
  { index, page: { title: heading, what, where } }: Pick<Story, 'index' | 'page'>,
  publications: readonly { readonly title: string; readonly outcome: Outcome }[],
): string {
  const sections = publications.map(({ title, outcome }) => {
    const rows = outcome.changes.map((change) => {
      const { kind, reason } = change;
      const { from, to } = namesOf(change);
      const version = to === change.path ? '' : ` ${escapeHtml(versionsOf(change))}`;
      const name = from === undefined ? code(to) + version : `${code(from)} → ${code(to)}`;
      return `<tr><td class="${kind}">${kind}</td><td>${name}</td><td>${escapeHtml(reason)}</td></tr>`;
    });
    const when = outcome.timestamp === undefined ? '' : describeTimestamp(outcome.timestamp);
    return `<h2>${escapeHtml(title)}</h2>
<p>${escapeHtml(headlineOf(outcome))} <small>${escapeHtml(when)}</small></p>
<table><tr><th>Change</th><th>${columnOf(outcome)}</th><th>Why</th></tr>${rows.join('')}</table>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; }
h1 { font-size: 1.8rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d1d9e0; }
code { font-size: .9em; overflow-wrap: anywhere; } .url { background: #f0f3f6; padding: .6rem .8rem; border-radius: 6px; display: block; }
.add, .revive { color: #1a7f37; } .update, .rename, .metadata { color: #0969da; } .remove { color: #b42318; } small { color: #59636e; }
</style>
</head>
<body>
<h1>${heading}</h1>
<p>This folder of static files ${what}.
Enter this URL ${where}:</p>
<code class="url" id="url"></code>
<script>document.getElementById('url').textContent = location.origin + '/${index}';</script>
${sections.join('\n')}
</body>
</html>
`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

// Renders Markdown as a page that looks similar to GitHub, to view reports in a browser and for the pictures in
// docs/.
//   node dist/cli.js preview … --markdown | node scripts/render-report.mjs > report.html
import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const STYLE = `
body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; color: #1f2328; background: #fff; margin: 0; }
.comment { box-sizing: border-box; max-width: 960px; margin: 24px auto; padding: 16px; border: 1px solid #d1d9e0; border-radius: 6px; }
h3 { font-size: 1.25em; } h4 { font-size: 1em; } h3, h4 { font-weight: 600; line-height: 1.25; margin: 24px 0 16px; } h3:first-child { margin-top: 0; }
p, ul, table, details { margin: 0 0 16px; } ul { padding-left: 2em; } li + li { margin-top: .25em; } li > ul { margin: 0; }
code { font: 85% ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: #818b981f; border-radius: 6px; padding: .2em .4em; overflow-wrap: anywhere; }
pre { background: #f6f8fa; border-radius: 6px; padding: 16px; overflow: auto; line-height: 1.45; } pre code { background: none; padding: 0; }
table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px; } th { font-weight: 600; } tr:nth-child(2n) td { background: #f6f8fa; }
a { color: #0969da; } sub { font-size: 85%; color: #59636e; } details > *:not(summary) { margin-top: 8px; }
.ins { background: #dafbe1; color: #116329; } .del { background: #ffebe9; color: #82071e; } .hunk { color: #8250df; }
`;

const html = micromark(readFileSync(0, 'utf8'), 'utf8', {
  allowDangerousHtml: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
}).replace(/(?<=<code class="language-diff">)[\s\S]*?(?=<\/code>)/g, (diff) =>
  diff.replace(/^.*$/gm, (line) => {
    const kind = line.startsWith('+')
      ? 'ins'
      : line.startsWith('-')
        ? 'del'
        : line.startsWith('@@')
          ? 'hunk'
          : '';
    return kind === '' ? line : `<span class="${kind}">${line}</span>`;
  }),
);
process.stdout.write(
  `<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Report</title>\n<style>${STYLE}</style>\n<div class="comment">\n${html}\n</div>\n</html>\n`,
);

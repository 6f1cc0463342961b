import type { Deal } from '@weir/deal';
import { lineWidth, wrapped } from '../output/table.js';
import { mermaidDiagram, textDiagram } from './diagram.js';
import type { Line, Section } from './section.js';

function textLine({ mark, head, text, depth }: Line, width: number): string {
  if (mark === '' && head === '') return wrapped(text, width, '  ');
  const indent = `  ${'   '.repeat(depth)}${mark === '' ? '' : `${mark === '–' ? mark : mark.padStart(3)} `}`;
  const body = text === '' ? `${head}:` : `${head}: ${text}`;
  return wrapped(body, width, indent, ' '.repeat(indent.length));
}

/** The explanation for a terminal, in lines of at most `width` columns. */
export function explanationText(deal: Deal, sections: readonly Section[], width = lineWidth() - 2): string {
  const parts = sections.map(({ title, lines }) =>
    [title.toUpperCase(), ...lines.map((line) => textLine(line, width)), ''].join('\n'),
  );
  return [
    deal.name,
    '═'.repeat(Math.min(width, deal.name.length)),
    '',
    ...parts,
    'THE FLOW OF CASH',
    textDiagram(deal, width),
    '',
  ].join('\n');
}

function markdownLine({ mark, head, text, depth }: Line): string {
  if (mark === '' && head === '') return `${text}\n`;
  const indent = '  '.repeat(depth);
  const bullet = mark === '' || mark === '–' ? '-' : `- ${mark}`;
  return `${indent}${bullet} **${head}**${text === '' ? '' : `: ${text}`}`;
}

/** The same as Markdown, with a Mermaid flowchart. */
export function explanationMarkdown(deal: Deal, sections: readonly Section[]): string {
  const parts = sections.map(({ title, lines }) => `## ${title}\n\n${lines.map(markdownLine).join('\n')}\n`);
  return [`# ${deal.name}\n`, ...parts, '## The flow of cash\n', `\`\`\`mermaid\n${mermaidDiagram(deal)}\`\`\`\n`].join(
    '\n',
  );
}

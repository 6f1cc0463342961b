import type { Deal } from '@weir/deal';
import { wrapped } from '../output/table.js';
import { mermaidDiagram, textDiagram } from './diagram.js';
import type { Line, Section } from './section.js';

function textLine({ mark, head, text, depth }: Line): string {
  if (mark === '' && head === '') return wrapped(text, 98, '  ');
  const indent = `  ${'   '.repeat(depth)}${mark === '' ? '' : `${mark === '–' ? mark : mark.padStart(3)} `}`;
  const body = text === '' ? `${head}:` : `${head}: ${text}`;
  return wrapped(body, 98, indent, ' '.repeat(indent.length));
}

/** The explanation for a terminal of a hundred columns. */
export function explanationText(deal: Deal, sections: readonly Section[]): string {
  const parts = sections.map(({ title, lines }) => [title.toUpperCase(), ...lines.map(textLine), ''].join('\n'));
  return [
    deal.name,
    '═'.repeat(Math.min(98, deal.name.length)),
    '',
    ...parts,
    'THE FLOW OF CASH',
    textDiagram(deal),
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

import type { Command } from 'commander';
import { mermaidDiagram } from '../explain/diagram.js';
import { explanationMarkdown, explanationText } from '../explain/render.js';
import { sectionsOf } from '../explain/sections.js';
import { FILE_WIDTH, lineWidth } from '../output/table.js';
import { writeWhole } from '../output/files.js';
import { openDeal, poolOption } from '../loading/deal.js';

interface Options {
  cutOffPool?: string;
  mermaid?: boolean;
  markdown?: boolean;
  out?: string;
}

async function run(given: string, options: Options): Promise<void> {
  const opened = await openDeal(given, poolOption(options.cutOffPool));
  // Compiled when the pool is known: then sizes and dates are told in figures.
  const sections = sectionsOf(opened.deal, opened.compiled);
  const text = options.mermaid
    ? mermaidDiagram(opened.deal)
    : options.markdown || options.out?.endsWith('.md')
      ? explanationMarkdown(opened.deal, sections)
      : explanationText(opened.deal, sections, (options.out === undefined ? lineWidth() : FILE_WIDTH) - 2);
  if (options.out === undefined) process.stdout.write(text);
  else await writeWhole(options.out, text);
}

/** `weir explain`: a deal in prose and a diagram. */
export function explainCommand(program: Command): void {
  program
    .command('explain')
    .summary('tell a deal in sentences and draw its flow of cash')
    .description(
      'Tells a deal document in sentences: parties, dates, pool, classes, accounts, fees, triggers, states, and each priority ' +
        'of payments as numbered steps; and draws the flow of cash. With the pool at the cut-off date (of the document, or ' +
        'given) classes are sized in figures.\n\n' +
        'Exit status 0, 2 when the document has errors.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .option('--mermaid', 'print only the diagram, as a Mermaid flowchart')
    .option('--markdown', 'print Markdown with a Mermaid flowchart')
    .option('--out <file>', 'write to a file instead: Markdown when it ends in .md')
    .option('--cut-off-pool <amount>', 'pool at the cut-off date, when the document does not say it')
    .addHelpText('after', '\nExample:\n  weir explain libs/deal/templates/prime-auto.yaml --out prime-auto.md')
    .action(run);
}

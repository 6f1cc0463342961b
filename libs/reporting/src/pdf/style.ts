import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Page geometry in points (US Letter) and the report's colours. */
export const PAGE = { width: 612, height: 792, left: 54, right: 558, top: 78, bottom: 728 } as const;
export const CONTENT_WIDTH = PAGE.right - PAGE.left;

export const COLOUR = {
  ink: '#16212c',
  muted: '#5b6977',
  rule: '#cfd6dd',
  band: '#eef2f5',
  brand: '#12355b',
  brandSoft: '#b9cbdd',
  good: '#1d6b45',
  bad: '#a3261d',
} as const;

/** Bars by what a step pays for. */
export const KIND_COLOUR: Record<string, string> = {
  fee: '#7d8b99',
  interest: '#2d6ca2',
  'priority-principal': '#0f4c5c',
  principal: '#12355b',
  reserve: '#b07d2b',
  residual: '#5c8a67',
};

export const FONT = { body: 'body', bold: 'bold', serif: 'serif', mono: 'mono' } as const;

const FILES = {
  [FONT.body]: 'DejaVuSansCondensed.ttf',
  [FONT.bold]: 'DejaVuSansCondensed-Bold.ttf',
  [FONT.serif]: 'DejaVuSerif.ttf',
  [FONT.mono]: 'DejaVuSansMono.ttf',
};

/** Registers the embedded typefaces; their files are the only thing this library reads. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  const { resolve } = createRequire(import.meta.url);
  for (const [name, file] of Object.entries(FILES)) {
    doc.registerFont(name, readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}`)));
  }
}

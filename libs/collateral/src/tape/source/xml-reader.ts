import { SaxesParser } from 'saxes';
import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';

/** What happens in an XML document, element names without their prefixes. */
export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** Text since the last tag. */
  text(text: string): void;
  close(name: string, line: number): void;
}

/** The name without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * XML fed piece by piece. Document types are refused (entities, external or expanding, come only with one), and so are
 * nesting and single pieces beyond the limits: what is held in memory never grows with the file.
 */
export class XmlReader {
  private readonly parser = new SaxesParser({ xmlns: false, position: true });
  private depth = 0;
  private quiet = 0;
  private said = false;

  constructor(
    events: XmlEvents,
    private readonly limits: Pick<TapeLimits, 'xmlDepth' | 'recordCharacters'>,
  ) {
    const { parser } = this;
    // With eight handlers and more V8 keeps the parser as a dictionary, and it is four times slower: no more than these.
    parser.on('doctype', () => this.refuse('a document type, which may define entities', 'leave the DOCTYPE out'));
    parser.on('opentag', ({ name, attributes }) => {
      this.said = true;
      this.depth++;
      if (this.depth > limits.xmlDepth) {
        this.refuse(`elements nested more than ${limits.xmlDepth} deep`, 'hand in the asset data file itself');
      }
      events.open(localName(name), attributes as Record<string, string>, parser.line);
    });
    const text = (piece: string): void => {
      this.said = true;
      events.text(piece);
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('closetag', ({ name }) => {
      this.said = true;
      this.depth--;
      events.close(localName(name), parser.line);
    });
    parser.on('error', (error) => {
      throw new TapeUnreadable('xml', parser.line, `the XML is broken: ${error.message.slice(0, 200)}`, REPAIR);
    });
  }

  /** @throws TapeUnreadable on XML that is broken or beyond the limits */
  push(text: string): void {
    // In steps, so that a piece without a single tag is noticed before much of it is held.
    for (let at = 0; at < text.length; at += STEP) {
      this.said = false;
      const step = text.slice(at, at + STEP);
      this.parser.write(step);
      this.quiet = this.said ? 0 : this.quiet + step.length;
      if (this.quiet > this.limits.recordCharacters) {
        this.refuse(`more than ${this.limits.recordCharacters} characters without a tag`, 'check the export');
      }
    }
  }

  /** @throws TapeUnreadable when the document is not whole */
  end(): void {
    this.parser.close();
  }

  private refuse(detail: string, remedy: string): never {
    throw new TapeUnreadable('limit', this.parser.line, detail, remedy);
  }
}

const STEP = 1 << 16;
const REPAIR = 'export the file again; a transfer may have cut it off';

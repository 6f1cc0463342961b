/** A file to be published, before it is stored. */
export interface PublishedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Media types of published files by the extension of their name. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  pdf: 'application/pdf',
  yaml: 'application/yaml',
};

/** A file of text (as UTF-8) or bytes; the extension of its name says what it is. */
export function fileOf(name: string, content: string | Uint8Array): PublishedFile {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, mediaType: MEDIA_TYPES[extension] ?? 'application/octet-stream', bytes };
}

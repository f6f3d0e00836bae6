import type { DescribedBlock, Run } from './described.ts';
import { type ZipPart, zipOf } from './zip.ts';

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

interface Additions {
  extra?: ZipPart[];
  body?: string;
  relations?: string;
}

/** A Word document of the blocks, as Word would keep it; additions go in as they are. */
export function docxOf(
  blocks: readonly DescribedBlock[],
  { extra = [], body = '', relations = RELATIONS }: Additions = {},
): Buffer {
  const xml = blocks.map(blockXml).join('');
  return zipOf([
    {
      name: '[Content_Types].xml',
      words: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      words: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: 'word/_rels/document.xml.rels', words: HEAD + relations },
    { name: 'word/styles.xml', words: `${HEAD}<w:styles ${WORD}>${STYLES}</w:styles>` },
    { name: 'word/document.xml', words: `${HEAD}<w:document ${WORD}><w:body>${xml}${body}<w:sectPr/></w:body></w:document>` },
    ...extra,
  ]);
}

const STYLES = [1, 2, 3, 4, 5, 6]
  .map((level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`)
  .join('')
  .concat('<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>');

function blockXml({ kind, level, lines, rows }: DescribedBlock): string {
  switch (kind) {
    case 'page':
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    case 'rule':
      return '<w:p/>';
    case 'table':
      return `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph('', textXml(cell))}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
    case 'heading':
      return paragraph(`<w:pStyle w:val="Heading${level}"/>`, linesXml(lines));
    case 'quote':
      return paragraph('<w:pStyle w:val="Quote"/>', linesXml(lines));
    case 'list':
    case 'paragraph':
      return paragraph('', linesXml(lines));
  }
}

const paragraph = (properties: string, runs: string): string => `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
const linesXml = (lines: readonly Run[][]): string => lines.map((runs) => runs.map(runXml).join('')).join('<w:r><w:br/></w:r>');
const runXml = ({ text, bold, italic }: Run): string =>
  `<w:r><w:rPr>${bold ? '<w:b/>' : ''}${italic ? '<w:i/>' : ''}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
const textXml = (text: string): string => runXml({ text, bold: false, italic: false });
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';
import type { ContentIndex } from '../store/store.ts';
import { isEdtf } from './date.ts';

/** Writes a question skeleton to fill in; returns its path. Never overwrites. Throws OperatorError where the id fits no publication. */
export async function newQuestion(id: string, folder: string, index: Pick<ContentIndex, 'collectionOf'>): Promise<string> {
  const [publication = '', date = '', slug = '', ...rest] = id.split('/');
  if (rest.length > 0 || !isEdtf(date) || date.includes('?') || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) {
    throw new OperatorError(
      `“${id}” is no question id: write publication/yyyy-mm-dd/slug, such as latin-america-advisor/2019-04-18/pompeo-trip.`,
    );
  }
  const collection = await index.collectionOf('publication', publication);
  if (collection === undefined) {
    throw new OperatorError(
      `No collection has a publication “${publication}”: add it to a collection.yaml under ${folder} first.`,
    );
  }
  const path = join(folder, collection, `${date}-${slug}.yaml`);
  try {
    const file = await open(path, 'wx');
    await file.writeFile(skeleton(id, date));
    await file.close();
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new OperatorError(there ? `${path} is there already: it was left as it is.` : `${path} cannot be written.`, {
      cause: error,
    });
  }
  return path;
}

const skeleton = (id: string, date: string): string => `# yaml-language-server: $schema=../question.schema.json
id: ${id}
status: { is: withheld } # remove this line when the question may be shown
# title: As printed; leave it out where the source has none
headline: At most twelve words, an editor’s
date: '${date}'
text: >-
  The whole question as printed.
# parts: # each an exact piece of the text
#   - What happened?
topics:
  - one topic
countries: [] # such as VE
language: en
source:
  url: https://example.org/where-it-was-published
responses:
  - id: first
    availability: unnamed # text, once the respondent is in respondents.yaml and named below
    label: Author of the post
    # respondents:
    #   - person: ray-walser
    #     role: As printed
    #     affiliation: As printed
    paragraphs:
      - >-
        The first paragraph, word for word.
`;

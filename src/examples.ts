import type { Context } from './command.ts';
import type { Question } from './content/question.ts';

/** The newest question that can be shown best: real where there is one, with words on file. */
export async function exampleQuestion({ store }: Context): Promise<Question | undefined> {
  for (const sample of [false, true]) {
    const { questions } = await store.questions({ sample }, { limit: 10, offset: 0 });
    const best =
      questions.find(({ rights, responses }) => rights === 'whole' && responses.some((response) => response.text !== '')) ??
      questions[0];
    if (best) return best;
  }
  return undefined;
}

/** The topic that most questions have, or the country. */
export async function exampleName({ store }: Context, kind: 'topic' | 'country' | 'person'): Promise<string | undefined> {
  const [real] = await store.names(kind, false);
  return (real ?? (await store.names(kind, true))[0])?.label;
}

/** Questions in plain English, for screens that have no words of their own. They ask for help and suspect nobody. */
import type { Answer, ProductId, Question, QuestionKind } from '../domain/index.ts';

export interface QuestionWords {
  readonly question: string;
  /** In the order of the question's answers. */
  readonly answers: readonly string[];
}

type NameOf = (productId: ProductId) => string;

const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** With both on offer, none of three is neither; without, it may be both. */
const NONE_OF_THREE = 3;

function numberWord(quantity: number): string {
  return NUMBERS[quantity] ?? `${quantity}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `one, two or three`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function quantitiesOf(answers: readonly Answer[]): number[] {
  return answers.flatMap(({ claims }) => (claims ? [claims[0]!.quantityMin] : []));
}

const WORDS: Readonly<Record<QuestionKind, (question: Question, names: readonly string[]) => QuestionWords>> =
  {
    'how-many': ({ answers }, [name]) => ({
      question: `Did you take ${listed(quantitiesOf(answers).map(numberWord))} of ${name}?`,
      answers: answers.map(({ claims }) =>
        claims ? capital(numberWord(claims[0]!.quantityMin)) : 'Another number',
      ),
    }),
    which: ({ answers }, [first, second]) => ({
      question: `Did you take ${first} or ${second}?`,
      answers: answers.map(({ claims }) => {
        if (!claims) return answers.length > NONE_OF_THREE ? 'Neither' : 'Something else';
        const taken = claims.map(({ quantityMin }) => quantityMin > 0);
        if (taken[0] && taken[1]) return 'Both';
        return `${taken[0] ? first : second}`;
      }),
    }),
    'put-back': ({ answers }, [name]) => ({
      question: `Did you put ${name} back?`,
      answers: answers.map(({ claims }) =>
        claims?.[0]?.quantityMin === 0 ? 'Yes, I put it back' : 'No, I have it',
      ),
    }),
    have: ({ answers }, [name]) => ({
      question: `Do you have ${name} with you?`,
      answers: answers.map(({ claims }) => (claims?.[0]?.quantityMin === 0 ? 'No' : 'Yes')),
    }),
  };

export function questionWords(question: Question, nameOf: NameOf): QuestionWords {
  return WORDS[question.kind](question, question.productIds.map(nameOf));
}

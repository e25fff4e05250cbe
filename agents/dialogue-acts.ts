/**
 * What callers do with any agent, whatever its business: agree, thank, say goodbye. A profile's intents may add
 * phrases to an act and answer it in their own words.
 */
export const DIALOGUE_ACTS = [
  'affirm',
  'deny',
  'acknowledge',
  'hesitate',
  'thanks',
  'greet',
  'goodbye',
  'human',
  'help',
  'repeat',
  'wait',
  'neverMind',
  'changeBooking',
  'cancelBooking',
  'lookUpBooking',
  'outOfScope',
] as const;

export type DialogueAct = (typeof DIALOGUE_ACTS)[number];

/** How each act is said in English; see `phrase.ts` for the notation. */
export const ACT_PHRASES: Readonly<Record<DialogueAct, readonly string[]>> = {
  affirm: [
    'yes',
    'yes (please | sure | i do | i would | of course | it is | go ahead)',
    'yes [that is | that sounds] (right | correct | good | fine | great | perfect)',
    "yes that's (right | correct | good | fine)",
    '[that is] (correct | perfect)',
    "that's (right | correct | fine | good)",
    'that (is | sounds) (right | fine | good | great)',
    '(sure | yep | absolutely | certainly | of course)',
    '(please do | do it | go ahead | book it | yes book it | yes please book it)',
    'sounds (good | great)',
    'yes cancel it',
  ],
  deny: [
    'no',
    'no (thanks | thank you | not really | it is not | i do not)',
    "(no i don't | nope | not really)",
    "(no that's | that's | that is | no that is) (wrong | not right | not correct)",
  ],
  acknowledge: [
    '(okay | alright | right | all right | oh okay | okay great)',
    '(uh-huh | mm | mhm | yeah)',
    '(great | good | fine | perfect | wonderful)',
  ],
  hesitate: ['(ah | oh | huh | uh | um | hm | hmm | well)', '[oh] (i see | got it)'],
  thanks: [
    '(thanks | thank you)',
    'thank you (very much | so much)',
    'thanks a lot',
    '(great | okay | perfect | good | wonderful) (thanks | thank you)',
  ],
  greet: [
    '(hello | hi | good morning | good afternoon | good evening)',
    '(hello | hi) (there | are you there | can you hear me)',
    'how are you [today]',
  ],
  goodbye: [
    '(bye | goodbye | bye bye | see you | good night)',
    '(thank you | thanks) (bye | goodbye)',
    'okay (bye | goodbye)',
    "(that is | that's | that was | that will be) (all | everything) [thank you | thanks]",
    'no that is all [thank you | thanks]',
    "no that's all [thank you | thanks]",
    '[please] hang up',
    "(i'm | i am) (done | finished)",
    'nothing else [thank you | thanks]',
    'have a (nice | good) day',
  ],
  human: [
    '[can i | i want to | i would like to | let me | may i] (talk | speak) to (a | the) (human | person | manager | real person | receptionist)',
    '[can i | i want to | i would like to] (talk | speak) to (someone | somebody)',
    '(connect | transfer | put) me [through] to (a human | a person | the front desk | someone | reception)',
    '(human | operator | agent | representative) [please]',
    'i want a human',
    'is there a (human | person) (there | i can talk to)',
  ],
  help: [
    'help',
    'what can you do [for me]',
    'what can i (ask | say)',
    'how can you help [me]',
    'what (do you know | are my options)',
    'can you help me',
    'i need help',
  ],
  repeat: [
    '(repeat that | say that again | say it again) [please]',
    '(can | could) you (repeat that | say that again | repeat it) [please]',
    '(what did you say | pardon | pardon me | sorry what | what | come again | excuse me)',
    "i (did not | didn't) (hear | understand | get | catch) (that | you)",
  ],
  wait: [
    '(wait | hold on | just a moment | one moment | one second | just a second | hang on) [please]',
    '(wait | hold on) (a moment | a second | a minute)',
    'give me a (moment | second | minute)',
    'let me (think | check | see)',
  ],
  neverMind: [
    '(never mind | forget it | forget about it | stop | start over | start again)',
    '(i changed | i have changed) my mind',
    "i (do not | don't) want (that | it | to book) [anymore]",
    'leave it',
  ],
  changeBooking: [
    '[i want to | i would like to | can i | i need to] change (my | the) (booking | reservation | appointment)',
    '[can you] change (my | the) (booking | reservation | appointment) to',
    '[can you | can i] move (my | the) (booking | reservation | appointment) [to]',
    '(can you | can we) make it',
  ],
  cancelBooking: [
    '[i want to | i would like to | can i | can you | i need to | please] cancel (my | the) (booking | reservation | table | room | appointment)',
    'cancel (it | that)',
    '[please] cancel',
  ],
  lookUpBooking: [
    'what (did i book | have i booked)',
    '(what is | what was | tell me) my (booking | reservation | reference | reference number | booking number | appointment)',
    "what's my (booking | reservation | reference | appointment)",
    '(can you | please) (check | confirm) my (booking | reservation | appointment)',
    'when is my (booking | reservation | appointment)',
  ],
  outOfScope: [
    '(what is | how is) the weather [like] [today | tomorrow]',
    "what's the weather [like]",
    'tell me a joke',
    'who won the game',
    'what is the meaning of life',
    '(sing | play) [me] (a song | some music)',
    'how old are you',
    '(what is | tell me) the news',
    'order [me] a pizza',
    'i want to buy a car',
    'book [me] a flight',
    'can you (book me a flight | order a taxi | call a taxi)',
    'do you (love me | like music)',
    'who is the president',
  ],
};

/** Said alone these only mean "I am listening"; every grammar knows them. */
export const BACK_CHANNELS = ['uh-huh', 'okay', 'yeah', 'mm', 'mhm', 'right', 'hm', 'ah', 'oh'] as const;

/** The most frequent answers of one or two words. */
export const SHORT_ANSWERS = ['yes', 'no', 'thank you', 'thanks', 'goodbye', 'bye'] as const;

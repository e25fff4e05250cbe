import { describe, expect, it } from '@jest/globals';
import { Conversation } from './conversation.ts';

describe('questions', () => {
  it('are answered from the facts, shorter the second time', async () => {
    const call = new Conversation();
    expect(await call.say('what time is breakfast')).toBe(
      'Breakfast is served from six thirty to ten thirty in the garden room. On weekends it goes on until eleven. ' +
        'Is there anything else I can do for you?',
    );
    expect(call.expects).toBe('opening');
    expect(await call.say('sorry when is breakfast')).toBe(
      'Breakfast is from six thirty to ten thirty, and until eleven on weekends. What else can I do for you?',
    );
  });

  it('are answered both when two turns were merged', async () => {
    expect(await new Conversation().say('is the wifi free can i bring my dog')).toBe(
      'The wifi is free in the whole hotel. The network is called Continental, and you get the password at check in. ' +
        'Small dogs and cats are welcome. We ask fifteen dollars a night for each. ' +
        'Is there anything else I can do for you?',
    );
  });

  it('are asked back once when it is unclear what is meant', async () => {
    const call = new Conversation();
    expect(await call.say('dog')).toBe('I am not sure I understood. Do you want to know about pets?');
    expect(call.expects).toBe('confirm');
    expect(await call.say('yes')).toBe(
      'Small dogs and cats are welcome. We ask fifteen dollars a night for each. Is there anything else I can do for you?',
    );
  });

  it('outside of its field are declined honestly, in other words each time', async () => {
    const call = new Conversation();
    expect(await call.say('what is the weather today')).toBe(
      'I am sorry, I can only help with the Hotel Continental: questions about the house, a table, or a room. ' +
        'What can I do for you?',
    );
    expect(await call.say('how do i cook spaghetti')).toBe(
      'That is outside of what I know. I can answer questions about the hotel, or book a table or a room. ' +
        'What can I do for you?',
    );
  });
});

describe('a booking', () => {
  it('in one sentence', async () => {
    const call = new Conversation();
    expect(
      await call.say('hi i would like to book a table for two tomorrow at seven please my name is john smith'),
    ).toBe(
      'So that is a table for two people tomorrow at seven in the evening, under the name John Smith. Shall I book it?',
    );
    expect(call.expects).toBe('confirm');
    expect(call.toolbox.bookings).toEqual([]);
    expect(await call.say('yes please')).toBe(
      'Your table is booked. The reference is L 8 9. Is there anything else I can do for you?',
    );
    expect(call.toolbox.bookings).toEqual([
      {
        reference: 'L89',
        task: 'bookTable',
        status: 'booked',
        details: { date: '2026-11-21', time: '19:00', partySize: 2, name: 'John Smith' },
      },
    ]);
  });

  it('slot by slot, with a question in between', async () => {
    const call = new Conversation();
    expect(await call.say('i want to book a table')).toBe('With pleasure. For which day?');
    expect(call.expects).toBe('date');
    expect(await call.say('on monday')).toBe('At what time?');
    expect(call.expects).toBe('time');
    expect(await call.say('do you have a restaurant')).toBe(
      'Our restaurant serves dinner from six to ten, every day except Sunday. The kitchen is French, with several ' +
        'dishes without meat. What time would you like the table?',
    );
    expect(await call.say('half past eight')).toBe('For how many people?');
    expect(call.expects).toBe('partySize');
    expect(await call.say('five')).toBe('Under what name?');
    expect(call.expects).toBe('name');
    expect(await call.say('mary johnson')).toBe(
      'So that is a table for five people on Monday the twenty third at eight thirty in the evening, under the name ' +
        'Mary Johnson. Shall I book it?',
    );
  });

  it('is set right before it is made', async () => {
    const call = new Conversation();
    await call.say('book a table for two tomorrow at seven under the name miller');
    expect(await call.say('no for four people')).toBe(
      'So that is a table for four people tomorrow at seven in the evening, under the name Miller. Shall I book it?',
    );
    expect(await call.say("no make it eight o'clock")).toBe(
      'So that is a table for four people tomorrow at eight in the evening, under the name Miller. Shall I book it?',
    );
    expect(await call.say('no')).toBe('What would you like to change?');
    expect(call.expects).toBe('change');
    expect(await call.say('the day')).toBe('For which day?');
    expect(await call.say('actually next friday')).toBe(
      'So that is a table for four people on Friday the twenty seventh at eight in the evening, under the name Miller. ' +
        'Shall I book it?',
    );
  });

  it('outside of the opening hours is refused at once', async () => {
    const call = new Conversation();
    expect(await call.say('book a table for thirteen on sunday at three')).toBe(
      'At one table we can seat up to twelve people. For how many people?',
    );
    expect(await call.say('twelve')).toBe(
      'The restaurant serves dinner from six to ten in the evening, every day except Sunday. For which day?',
    );
    expect(await call.say('saturday')).toBe(
      'The restaurant serves dinner from six to ten in the evening, every day except Sunday. At what time?',
    );
    expect(await call.say('seven')).toBe('Under what name?');
  });

  it('is changed, looked up and cancelled', async () => {
    const call = new Conversation();
    await call.say('i need a double room for three nights from tomorrow under the name king');
    expect(await call.say('okay')).toBe(
      'Your room is booked. The reference is L 8 9. Is there anything else I can do for you?',
    );
    expect(await call.say('can you change my booking to two nights')).toBe(
      'So that is a double room for two nights from tomorrow, under the name King. Shall I change it?',
    );
    expect(await call.say('yes')).toBe('I have changed it. The reference is still L 8 9. What else can I do for you?');
    expect(await call.say('what did i book')).toBe(
      'You have a double room for two nights from tomorrow, under the name King. The reference is L 8 9. Anything else?',
    );
    expect(await call.say('please cancel my booking')).toBe(
      'That is a double room for two nights from tomorrow, under the name King. Shall I cancel it?',
    );
    expect(await call.say('yes')).toBe('It is cancelled. Anything else?');
    expect(call.toolbox.bookings.map(({ status }) => status)).toEqual(['cancelled']);
    expect(await call.say('cancel my booking')).toBe('You have not booked anything in this call yet. Anything else?');
  });

  it('is offered when only its details were said', async () => {
    const call = new Conversation();
    expect(await call.say('for two tomorrow at seven')).toBe('Would you like to arrange a table in the restaurant?');
    expect(await call.say('yes')).toBe('Under what name?');
  });
});

describe('speech that was not understood', () => {
  it('is asked for again in other words, then a colleague is offered', async () => {
    const call = new Conversation();
    expect(await call.say('[unintelligible]')).toBe('Sorry, I did not catch that.');
    expect(await call.say('[unintelligible]')).toBe(
      'I am sorry, I still could not understand you. Please say it in a few short words.',
    );
    expect(await call.say('[unintelligible]')).toBe(
      'I am afraid I do not understand. Shall I put you through to a colleague?',
    );
    expect(await call.say('yes')).toBe('<transfer_to_human>');
  });

  it('brings the open question back', async () => {
    const call = new Conversation();
    await call.say('book a table');
    expect(await call.say('[unintelligible]')).toBe('Sorry, I did not catch that. Which day would you like to come?');
    expect(call.expects).toBe('date');
    expect(await call.say('[unintelligible] tomorrow')).toBe('At what time?');
  });
});

describe('the end of the conversation', () => {
  it.each(['goodbye', 'thank you bye', 'no that is all thank you', "that's all"])('comes with "%s"', async (text) => {
    expect(await new Conversation().say(text)).toBe('<end_call>');
  });

  it('comes with a no when nothing else is wanted', async () => {
    const call = new Conversation();
    await call.say('where can i park');
    expect(await call.say('no thanks')).toBe('<end_call>');
  });

  it.each([
    'can i talk to a human',
    'put me through to the front desk',
    'operator',
  ])('is a person with "%s"', async (text) => {
    expect(await new Conversation().say(text)).toBe('<transfer_to_human>');
  });
});

describe('the clinic', () => {
  it('books an appointment', async () => {
    const call = new Conversation('clinic');
    expect(await call.say('i need an appointment')).toBe(
      'Of course. What is the reason for your visit? For example a check up, a vaccination, a blood test, or back pain.',
    );
    expect(await call.say('a flu shot')).toBe('Which day suits you?');
    expect(await call.say('next tuesday at four')).toBe('What is your name, please?');
    expect(await call.say('jane doe')).toBe(
      'So that is an appointment for a vaccination on Tuesday the twenty fourth at four in the afternoon, for Jane Doe. ' +
        'Shall I book it?',
    );
    expect(await call.say('sounds good')).toBe(
      'Your appointment is booked. The reference is L 8 9. Is there anything else I can do for you?',
    );
  });

  it('hears an emergency in the middle of a booking, and asks nothing more', async () => {
    const call = new Conversation('clinic');
    await call.say('i need an appointment');
    expect(await call.say('actually i have chest pain')).toBe(
      'Please stay calm and stay on the line. I am connecting you to emergency services now.',
    );
  });
});

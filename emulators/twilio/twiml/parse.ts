import { z } from 'zod';
import type { DialTarget } from '../call-events.ts';
import { CallFailure } from '../call-failure.ts';
import type { EnqueueVerb, StreamNoun, TwimlDocument, Verb } from './document.ts';
import * as schema from './verbs.ts';
import { type Element, parseXml } from './xml.ts';

/** name.length + value.length of a `<Parameter>` must stay below this. */
const PARAMETER_LIMIT = 500;

/** Characters. */
const QUEUE_NAME_LIMIT = 64;

/**
 * Reads TwiML: the verbs that a voice agent uses, strictly. Everything else is refused by name, also what Twilio itself
 * knows: better a loud test than a call that goes another way than the real one.
 *
 * @throws CallFailure 12100 not XML, 12102 wrong root, 12200 unknown verb, noun or attribute, or a wrong value
 */
export function parseTwiml(xml: string, baseUrl: string | undefined): TwimlDocument {
  const root = parseXml(xml);
  if (root.name !== 'Response') throw new CallFailure(12102, `TwiML root must be <Response>, received <${root.name}>`);
  readAttributes(z.strictObject({}), root);
  return { verbs: root.children.map(readVerb), baseUrl };
}

function readVerb(element: Element): Verb {
  switch (element.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return readPrompt(element);
    case 'Connect':
      return { verb: 'Connect', ...readAttributes(schema.connectAttributes, element), stream: readStream(element) };
    case 'Dial':
      return { verb: 'Dial', ...readAttributes(schema.dialAttributes, element), targets: readTargets(element) };
    case 'Enqueue':
      return readEnqueue(element);
    case 'Gather':
      return {
        verb: 'Gather',
        ...readAttributes(schema.gatherAttributes, element),
        prompts: element.children.map(readPrompt),
      };
    case 'Redirect':
      return { verb: 'Redirect', ...readAttributes(schema.redirectAttributes, leaf(element)), url: element.text };
    case 'Hangup':
      return { verb: 'Hangup', ...readAttributes(schema.hangupAttributes, leaf(element)) };
    case 'Reject':
      return { verb: 'Reject', ...readAttributes(schema.rejectAttributes, leaf(element)) };
    default:
      throw new CallFailure(12200, `TwiML verb <${element.name}> is not emulated`);
  }
}

function readPrompt(element: Element): Extract<Verb, { verb: 'Say' | 'Play' | 'Pause' }> {
  switch (element.name) {
    case 'Say':
      return { verb: 'Say', ...readAttributes(schema.sayAttributes, element), text: readText(element) };
    case 'Play':
      return { verb: 'Play', ...readAttributes(schema.playAttributes, leaf(element)), url: element.text };
    case 'Pause':
      return { verb: 'Pause', ...readAttributes(schema.pauseAttributes, leaf(element)) };
    default:
      throw new CallFailure(12200, `<${element.name}> is not allowed inside <Gather>`);
  }
}

function readStream(connect: Element): StreamNoun {
  const [noun, ...others] = connect.children;
  if (noun?.name !== 'Stream' || others.length > 0) {
    const found = connect.children.map(({ name }) => `<${name}>`).join(', ') || 'nothing';
    throw new CallFailure(12200, `<Connect> must hold exactly one <Stream>, found ${found}`);
  }
  const parameters: Record<string, string> = {};
  for (const element of noun.children) {
    if (element.name !== 'Parameter') throw new CallFailure(12200, `<${element.name}> is not allowed inside <Stream>`);
    const { name, value } = readAttributes(schema.parameterAttributes, leaf(element));
    const length = name.length + value.length;
    if (length >= PARAMETER_LIMIT) {
      throw new CallFailure(12200, `<Parameter name="${name}"> has ${length} characters, allowed are fewer than 500`);
    }
    parameters[name] = value;
  }
  return { ...readAttributes(schema.streamAttributes, noun), parameters };
}

/** A queue by its name, or a workflow with the attributes of the caller's task. */
function readEnqueue(element: Element): EnqueueVerb {
  const attributes = readAttributes(schema.enqueueAttributes, element);
  const { workflowSid } = attributes;
  if (workflowSid === undefined) {
    const queue = readText(element);
    if (queue.length > QUEUE_NAME_LIMIT) {
      throw new CallFailure(12200, `<Enqueue> names a queue with ${queue.length} characters, allowed are 64`);
    }
    return { verb: 'Enqueue', ...attributes, queue, task: undefined };
  }
  if (element.text !== '') throw new CallFailure(12200, '<Enqueue> with a workflowSid takes no name of a queue');
  const [noun, ...others] = element.children;
  if (others.length > 0) throw new CallFailure(12200, '<Enqueue> holds more than one <Task>');
  return { verb: 'Enqueue', ...attributes, queue: workflowSid, task: noun && readTask(noun) };
}

function readTask(noun: Element): Readonly<Record<string, unknown>> {
  if (noun.name !== 'Task') throw new CallFailure(12200, `<${noun.name}> is not allowed inside <Enqueue>`);
  readAttributes(schema.taskAttributes, noun);
  const attributes = z.record(z.string(), z.unknown()).safeParse(jsonOf(readText(noun)));
  if (!attributes.success) throw new CallFailure(12200, '<Task> must hold a JSON object');
  return attributes.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readTargets(dial: Element): DialTarget[] {
  const targets = dial.children.map(readTarget);
  if (dial.text !== '') targets.unshift({ kind: 'number', name: dial.text });
  if (targets.length === 0) throw new CallFailure(12200, '<Dial> names nobody to dial');
  return targets;
}

function readTarget(noun: Element): DialTarget {
  switch (noun.name) {
    case 'Number':
      readAttributes(schema.numberAttributes, noun);
      return { kind: 'number', name: readText(noun) };
    case 'Conference':
      readAttributes(schema.conferenceAttributes, noun);
      return { kind: 'conference', name: readText(noun) };
    case 'Queue':
      readAttributes(schema.queueAttributes, noun);
      return { kind: 'queue', name: readText(noun) };
    default:
      throw new CallFailure(12200, `<${noun.name}> inside <Dial> is not emulated`);
  }
}

function readAttributes<S extends z.ZodType>(attributes: S, element: Element): z.infer<S> {
  const parsed = attributes.safeParse(element.attributes);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new CallFailure(12200, `<${element.name}>: ${issues.join('; ')}`);
}

function readText(element: Element): string {
  if (element.text === '') throw new CallFailure(12200, `<${element.name}> is empty`);
  return leaf(element).text;
}

function leaf(element: Element): Element {
  const [child] = element.children;
  if (child !== undefined) throw new CallFailure(12200, `<${child.name}> is not allowed inside <${element.name}>`);
  return element;
}

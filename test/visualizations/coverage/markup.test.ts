import { describe, expect, it } from '@jest/globals';
import { escaped, html, unescaped } from '../../../visualizations/coverage/markup.ts';

describe('markup', () => {
  it('escapes what is put in, but not markup; joins lists and leaves out what is undefined', () => {
    const items = ['a < b', '"c" & d'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul title="${'"x"'}">${items}${undefined}${3}</ul>`.text).toBe(
      '<ul title="&quot;x&quot;"><li>a &lt; b</li><li>&quot;c&quot; &amp; d</li>3</ul>',
    );
  });

  it('escapes both ways', () => {
    const text = 'a --x--> b & "c" &lt;';
    expect(escaped(text)).toBe('a --x--&gt; b &amp; &quot;c&quot; &amp;lt;');
    expect(unescaped(escaped(text))).toBe(text);
  });

  it('drops characters that XML does not allow', () => {
    expect(escaped('bell\u0007, tab\t, line\n, escape\u001b')).toBe('bell, tab\t, line\n, escape');
  });
});

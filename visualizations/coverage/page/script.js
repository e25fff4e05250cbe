/** What the report does in a browser. Without it everything can still be read: entries open by hand, links jump. */
(() => {
  const openTarget = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const line of document.querySelectorAll('.hit.here')) line.classList.remove('here');
    if (!(entry instanceof HTMLDetailsElement)) return;
    entry.open = true;
    entry.scrollIntoView({ block: 'nearest' });
    entry.querySelector('summary')?.focus({ preventScroll: true });
    document.querySelector(`.hit[href="#${CSS.escape(entry.id)}"]`)?.classList.add('here');
  };
  addEventListener('hashchange', openTarget);
  openTarget();

  for (const section of document.querySelectorAll('.transitions')) {
    const words = section.querySelector('[data-find]');
    const missed = section.querySelector('[data-missed]');
    const narrow = () => {
      const wanted = words.value.trim().toLowerCase();
      for (const state of section.querySelectorAll('.state')) {
        const title = state.querySelector('h4').textContent.toLowerCase();
        let shown = 0;
        for (const entry of state.querySelectorAll('.entry')) {
          const text = `${title} ${entry.querySelector('summary').textContent.toLowerCase()}`;
          entry.hidden = !text.includes(wanted) || (missed.checked && !entry.classList.contains('missed'));
          if (!entry.hidden) shown++;
        }
        state.hidden = shown === 0;
      }
    };
    words.addEventListener('input', narrow);
    missed.addEventListener('change', narrow);
  }

  for (const figure of document.querySelectorAll('.drawing')) {
    const canvas = figure.querySelector('.canvas');
    const svg = canvas.querySelector('svg');
    const { width, height } = svg.viewBox.baseVal;
    const fitting = () => (canvas.clientWidth - 8) / width;
    let scale = Math.min(1, Math.max(0.8, fitting()));
    const zoom = (next) => {
      scale = Math.min(2, Math.max(0.1, next));
      svg.setAttribute('width', String(Math.round(width * scale)));
      svg.setAttribute('height', String(Math.round(height * scale)));
    };
    zoom(scale);
    const steps = { fit: () => fitting(), in: () => scale * 1.25, out: () => scale / 1.25 };
    for (const button of figure.querySelectorAll('[data-zoom]'))
      button.addEventListener('click', () => zoom(steps[button.dataset.zoom]()));
  }
})();

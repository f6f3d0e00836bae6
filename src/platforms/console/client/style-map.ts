import { noChange } from 'lit';
import { type AttributePart, Directive, directive } from 'lit/directive.js';

/**
 * In the place of lit's own styleMap, which writes its first styles as an attribute: the CSP forbids that. These are set one by one
 * on the element, as lit does from the second time on.
 */
class StyleMap extends Directive {
  override render(_styles: Readonly<Record<string, string | undefined>>) {
    return noChange;
  }

  override update({ element }: AttributePart, [styles]: Parameters<this['render']>) {
    if (!(element instanceof HTMLElement)) return noChange;
    for (const [name, value] of Object.entries(styles)) {
      if (value === undefined || value === null) element.style.removeProperty(name);
      else element.style.setProperty(name, value);
    }
    return noChange;
  }
}

export const styleMap = directive(StyleMap);

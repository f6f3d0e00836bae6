import { type ComponentChildren, render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface ShadowProps {
  sheet: CSSStyleSheet;
  /** Called when the children were drawn. */
  settle: (root: ShadowRoot) => void;
  children: ComponentChildren;
}

/** Children with styles of their own: neither theirs nor the page's reach the other. Sheets made here need no leave of the CSP. */
export function Shadow({ sheet, settle, children }: ShadowProps) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const root = host.current && (host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' }));
    if (!root) return;
    root.adoptedStyleSheets = [sheet];
    render(children, root);
    settle(root);
  });
  useLayoutEffect(() => {
    const root = host.current?.shadowRoot;
    return () => {
      if (root) render(null, root);
    };
  }, []);
  return <div ref={host} />;
}

// The pages below one heading, each at an address of its own.
import { t, type Key } from "../i18n/text";
import { follow } from "../platform/router";

export interface NavPage {
  readonly path: string;
  readonly name: Key;
}

export function PageNav({ label, pages, here }: { label: string; pages: readonly NavPage[]; here: NavPage }) {
  return (
    <nav class="page-nav" aria-label={label}>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={page.path} onClick={follow} aria-current={page === here ? "page" : undefined}>
              {t(page.name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

// A list before the welcome: its name and the shape of what is to come. What stands above a list differs by who one is, so
// none of it is drawn before that is known.
import { ListSkeleton } from "../../ui/ListSkeleton";

export function ListComing({ title }: { title: string }) {
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <h2 id="list-title" tabIndex={-1}>
          {title}
        </h2>
      </div>
      <div class="list-body">
        <ListSkeleton />
      </div>
    </section>
  );
}

"""An official in those of their posts that let them do something."""

from dataclasses import dataclass

from motcua.agencies.models import Agency, Official, Post


@dataclass(frozen=True)
class InPosts:
    """Who acts, and in which posts; a kind of work gives it a name of its own."""

    official: Official
    posts: tuple[Post, ...]

    @property
    def agencies(self) -> list[Agency]:
        """The agencies of those posts, each once."""
        return list({post.agency_id: post.agency for post in self.posts}.values())

    @property
    def agency_ids(self) -> list[int]:
        """The keys of those agencies."""
        return [agency.pk for agency in self.agencies]

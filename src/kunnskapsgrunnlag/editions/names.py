"""What an address stands for, in readers' words."""

from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_text import region_name
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.published import PublishedItem


@dataclass(frozen=True)
class Names:
    """Names of today's catalogue; what it no longer has is named by its key."""

    catalog: Catalog

    def label(self, item: PublishedItem, address: str, *, year: bool = True) -> str:
        """`Statlig: mottakere i desember, 2020`: measure and place, with or without the year."""
        key, measure, *places = address.split("/")
        words = [self.measure(key, item, measure)]
        for dim, place in zip(item.dims, places, strict=False):
            if dim != "year" or year:
                words.append(self.place(key, dim, place))
        return ", ".join(words)

    def measure(self, key: str, item: PublishedItem, name: str) -> str:
        """A measure's title, below its group if it has one."""
        title = item.measures.get(name, name.replace("_", " "))
        entry = self.catalog.items.get(key)
        group = entry.measures[name].group if entry and name in entry.measures else None
        return f"{group}: {title[:1].lower()}{title[1:]}" if group else title

    def is_shown(self, address: str) -> bool:
        """Whether the number stands in the reader's table, and not only in the text."""
        key, name, *_ = address.split("/")
        item = self.catalog.items.get(key)
        return bool(item and name in item.measures and item.measures[name].show)

    def headline(self, address: str) -> str:
        """What a sentence about the number is about; "" where none should be written."""
        key, name, *_ = address.split("/")
        item = self.catalog.items.get(key)
        return item.measures[name].headline if item and name in item.measures else ""

    def place(self, key: str, dim: str, place: str) -> str:
        if dim == "region":
            return region_name(place) if place in BY_KEY else place.replace("-", " ")
        item = self.catalog.items.get(key)
        if dim == "category" and item and item.categories:
            return item.categories.get(place, place.replace("-", " "))
        return place

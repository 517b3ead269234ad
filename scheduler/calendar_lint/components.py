"""Components: properties between BEGIN and END, one within the other."""

from dataclasses import dataclass, field

from scheduler.calendar_lint.content import Property
from scheduler.calendar_lint.faults import Fault


@dataclass(slots=True)
class Component:
    """A VCALENDAR, VEVENT or other component with its own properties and those within it."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)

    def named(self, name: str) -> list[Property]:
        """Return the component's own properties of a name."""
        return [found for found in self.properties if found.name == name]

    def value(self, name: str) -> str | None:
        """Return the first value of a property; None without one."""
        found = self.named(name)
        return found[0].value if found else None

    def within(self, name: str) -> list["Component"]:
        """Return the components of a name below this one, at any depth."""
        direct = [child for child in self.children if child.name == name]
        return direct + [found for child in self.children for found in child.within(name)]


def nested(properties: list[Property]) -> tuple[list[Component], list[Fault]]:
    """Return the outermost components, and faults where BEGIN and END do not match."""
    root = Component("", 0)
    stack, faults = [root], []
    for found in properties:
        if found.name == "BEGIN":
            component = Component(found.value.upper(), found.line)
            stack[-1].children.append(component)
            stack.append(component)
        elif found.name == "END":
            if stack[-1].name == found.value.upper() and len(stack) > 1:
                stack.pop()
            else:
                faults.append(Fault("nesting", found.line, f"END:{found.value}"))
        elif len(stack) == 1:
            faults.append(Fault("nesting", found.line, f"{found.name} outside"))
        else:
            stack[-1].properties.append(found)
    faults += [Fault("nesting", open_.line, f"{open_.name} has no END") for open_ in stack[1:]]
    if [child.name for child in root.children] != ["VCALENDAR"]:
        faults.append(Fault("nesting", 1, "not one VCALENDAR"))
    return root.children, faults

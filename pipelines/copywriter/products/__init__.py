"""Every category the copywriter knows. Adding one is a `Product` in the file of its kind; these tuples list them."""

from pipelines.copywriter.product import Product
from pipelines.copywriter.products import (
    beauty,
    callings,
    carried,
    crafted,
    devices,
    drinks,
    food,
    home,
    living,
    moving,
    professions,
    reading,
    services,
    software,
    treats,
    unlisted,
    worn,
)

PRODUCTS: dict[str, Product] = {
    product.id: product
    for kind in (
        worn,
        carried,
        beauty,
        drinks,
        food,
        treats,
        devices,
        software,
        reading,
        home,
        crafted,
        living,
        moving,
        services,
        professions,
        callings,
        unlisted,
    )
    for product in kind.PRODUCTS
}

import django.db.models.deletion
import nayu.kernel.scope
import nayu.kernel.tenancy
import nayu.kernel.walls
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erased',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('table_name', models.CharField(max_length=63)),
                ('row_id', models.UUIDField()),
                ('erased_at', models.DateTimeField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_erased_one_lao'), models.UniqueConstraint(fields=('lao', 'table_name', 'row_id'), name='kernel_erased_once')],
            },
        ),
    ]

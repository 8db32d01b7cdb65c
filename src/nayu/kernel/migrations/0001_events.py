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
            name='Delivered',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField()),
                ('subscriber', models.CharField(max_length=120)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_delivered_one_lao'), models.UniqueConstraint(fields=('lao', 'event_id', 'subscriber'), name='kernel_delivered_once')],
            },
        ),
    ]
